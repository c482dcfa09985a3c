"""Holds back what no tool returned. How a sentence goes through these rooms:

`grounding` is the door: it learns tool results, and checks a sentence. Learning: `cells` reads a result
(with `keys`, `labels`, `measuring`, `counts`, `place`) into cells, each with its unit, names and dates, and
`evidence` keeps them, `vocabulary` their names. Reading: `layout` knows tables, lists and headings, `reading`
takes the sentence apart into `figures` (`numerals`, `words`, `portions`), `moments` (`forms`, `dates`) and
mentions. Judging: `fitting` finds the cells that a figure can be by value, unit (`units`), direction
(`directions`) and aspect (`aspects`, `nouns`); `wanting` says of which names and dates it is said to be
(`anchors`, `choosing`), `belonging` whether a cell is of those (`earlier`, `spans`, `subjects`), and
`binding` takes the reading that leaves fewest without. What has no cell may need none (`allowances`,
`asked`, `limits`) or follow from the figures beside it (`arithmetic`); `coherence` believes figures that
make each other (of what the `topic` allows), and `tallies` count the rows that satisfy `comparisons`;
`pairs` finds those that are true one by one and not together, `happening` wrong days and
times, `links` what no tool made. `wording` makes the complaint. `sums` works for `calculate`.
"""
