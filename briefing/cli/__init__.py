"""The command line: parse, call app, print, exit code. One file per command group."""
