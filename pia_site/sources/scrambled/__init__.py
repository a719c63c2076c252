"""Pages whose text layer has lost its order → what stands for every item, where that is certain."""
