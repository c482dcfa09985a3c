"""The answers of the other suites in other words: what was true stays true, what was false stays false."""
