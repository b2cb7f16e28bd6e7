"""Foreign files within limits: of size while they are read, of memory and time in a child process."""
