"""Documents leave the program: into a folder."""
