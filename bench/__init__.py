"""Measures what an archive costs beside a plain MkDocs build of the same articles: ``make bench``.

words.py        sentences and names, made up from a seeded generator
invented.py     the articles, annotations and records of an archive of any size
sites.py        writes our site and its plain twin
core.py         a process of its own that runs the core alone: read, check and join, anchor, weave
measuring.py    what a process costs in CPU time and in memory
report.py       the table in RESULTS.md
__main__.py     the command
extraction.py   how well articles are taken from web pages, in EXTRACTION.md: ``python -m bench.extraction``

No test is timed: a limit that a busy machine can break would only teach us to run the tests again. The figures are kept
in RESULTS.md, with the machine they come from.
"""
