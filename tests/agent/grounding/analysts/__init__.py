"""The third suite: answers as analysts among language models write them, over results of the real tools."""
