"""Every screen of the window, in the order of the side bar; a screen is loaded when it is first shown."""

from dataclasses import dataclass
from importlib import import_module

from ui.theme.translator import marked
from ui.views.base import View


@dataclass(frozen=True)
class ViewEntry:
    """Where a screen comes from and how the side bar shows it.

    Attributes:
        key: its name for ``navigate``.
        module: where the class lives.
        name: the class.
        title: the English source of its title.
        icon: an icon of ``resources/icons``.
        group: English source of the group, empty for screens outside the side bar.
    """

    key: str
    module: str
    name: str
    title: str
    icon: str
    group: str

    def load(self) -> View:
        """Import the module and build the screen."""
        view = getattr(import_module(self.module), self.name)()
        if not isinstance(view, View):
            raise TypeError(self.name)
        return view


DAILY = marked("Every day")
BUSINESS = marked("Business")
MONTH_END = marked("End of month")
PROGRAM = marked("Program")

VIEWS = (
    ViewEntry("overview", "ui.views.overview.view", "OverviewView", marked("Overview"), "home", DAILY),
    ViewEntry("imports", "ui.views.imports.view", "ImportsView", marked("Import"), "import", DAILY),
    ViewEntry(
        "reconcile",
        "ui.views.reconcile.view",
        "ReconcileView",
        marked("Reconcile"),
        "reconcile",
        DAILY,
    ),
    ViewEntry("arrivals", "ui.views.arrivals.view", "ArrivalsView", marked("Arrivals"), "bank", DAILY),
    ViewEntry("splits", "ui.views.splits.view", "SplitsView", marked("Splits"), "split", DAILY),
    ViewEntry("stores", "ui.views.stores.view", "StoresView", marked("Stores"), "stores", BUSINESS),
    ViewEntry("money", "ui.views.money.view", "MoneyView", marked("Money"), "money", BUSINESS),
    ViewEntry(
        "accuracy",
        "ui.views.accuracy.view",
        "AccuracyView",
        marked("Forecast accuracy"),
        "report",
        BUSINESS,
    ),
    ViewEntry(
        "expansion",
        "ui.views.expansion.view",
        "ExpansionView",
        marked("Expansion"),
        "expansion",
        BUSINESS,
    ),
    ViewEntry("close", "ui.views.close.view", "CloseView", marked("Month-end"), "lock", MONTH_END),
    ViewEntry(
        "settings",
        "ui.views.settings.view",
        "SettingsView",
        marked("Settings"),
        "settings",
        PROGRAM,
    ),
    ViewEntry("gallery", "ui.views.gallery.view", "GalleryView", marked("Component set"), "table", ""),
)


def entry(key: str) -> ViewEntry:
    """Return the entry of a screen.

    Raises:
        KeyError: there is no such screen.
    """
    found = next((item for item in VIEWS if item.key == key), None)
    if found is None:
        raise KeyError(key)
    return found
