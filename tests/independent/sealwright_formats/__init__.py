"""A small independent reader and writer of the Sealwright formats, version 1.

Written from the text of the formats alone; shares no code with the program. Correctness over speed:
everything is held in memory and nothing is done twice to be fast.
"""
