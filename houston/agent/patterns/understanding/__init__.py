"""What a message says: entities, periods and cues, and from them the question that is asked."""
