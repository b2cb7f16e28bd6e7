"""Work on foreign files in a child process with limits of memory and time."""
