"""What can go wrong with mentions and the disclosure of advertising."""

from service.kit.problems import NotFound


class UnknownRulePack(NotFound):
    title = "Rule pack not found"
    slug = "rule-pack-not-found"


class UnknownWatch(NotFound):
    title = "Watch not found"
    slug = "disclosure-watch-not-found"


class UnknownFinding(NotFound):
    title = "Finding not found"
    slug = "disclosure-finding-not-found"


TURKISH = {
    UnknownRulePack.title: "Kural paketi bulunamadı",
    UnknownWatch.title: "İzleme bulunamadı",
    UnknownFinding.title: "Bulgu bulunamadı",
}
