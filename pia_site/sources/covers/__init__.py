"""The cover of a 評価書: six facts, each right or unknown."""
