"""What a message means after those before it: what was shown, asked back and talked of."""
