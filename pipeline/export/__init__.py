"""Documents and their records in the formats of tools that people already have: calendars, spreadsheets, annotation.

    kehoach export output/ --to ics    →  output/export/ics/all.ics, output/export/ics/agencies/Sở Y tế tỉnh Phú Thọ.ics

`formats.py` lists the formats, one module each. An export is a directory that appears whole or not at all, with an
`export.json` that says what was written, what was left out and why, and which documents a person had reviewed.
"""
