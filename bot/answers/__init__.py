"""From what somebody asks to the answer in front of them, or of them alone."""
