"""From tool results to an answer: each figure is copied from a result, none is worked out."""
