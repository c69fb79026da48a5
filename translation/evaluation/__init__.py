"""How well and how late the path interprets recordings whose words are known.

manifest -> talks -> runs (the path itself, at pace 0) -> scores, most of them other people's:
jiwer, sacrebleu, omnisteval, COMET -> `report.json`, `report.md`, `report.html`.

The scorers are the extra `evaluate`; nothing of the service imports this package.
"""
