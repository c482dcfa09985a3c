"""What the command line does offline, beside a Houston that runs: each does its work and prints."""
