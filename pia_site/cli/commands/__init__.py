"""One module a command, loaded when it is asked for: each parses its arguments, calls one function, reports."""
