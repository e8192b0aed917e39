"""What items are called where people read of them."""

from functools import cache

from carestead.reference import shared


def in_words(name: str) -> str:
    """`stroke-tia` as `Stroke or TIA`, where reference/find/words.yaml has it; else its hyphens taken out."""
    return _words().get(name) or name.replace("-", " ").replace("_", " ").capitalize()


def within(words: str) -> str:
    """The words for the middle of a sentence: `COPD review` keeps its capitals, `Falls` does not."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


@cache
def _words() -> dict[str, str]:
    return dict(shared("find", "words")["words"])
