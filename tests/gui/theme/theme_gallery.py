"""One window with everything the theme styles, for people to look at.

    PYTHONPATH=. python tests/gui/theme/theme_gallery.py OUT_DIR [--scheme dark|light]

saves one picture for each scheme (twice the size with QT_SCALE_FACTOR=2).
"""

from __future__ import annotations

import argparse
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDockWidget,
    QFormLayout,
    QGridLayout,
    QGroupBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QMainWindow,
    QMenu,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QSizePolicy,
    QSlider,
    QSpinBox,
    QTableWidget,
    QTableWidgetItem,
    QTabWidget,
    QToolBar,
    QToolButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from lrdesigner.gui.theme import Theme, app_icon, icon, icon_names
from lrdesigner.gui.widgets import (
    Banner,
    Bounds,
    ChipLabel,
    CollapsibleSection,
    ElidedLabel,
    EmptyState,
    HLine,
    NumberField,
    SectionTitle,
    SegmentedControl,
)

CODE = """import torch
from torch.optim.lr_scheduler import ConstantLR, LambdaLR, LinearLR, SequentialLR


def build_scheduler(optimizer: torch.optim.Optimizer) -> SequentialLR:
    warm_up = LinearLR(optimizer, start_factor=0.02, total_iters=18765)
"""


def label(text: str, role: str = "") -> QLabel:
    result = QLabel(text)
    if role:
        result.setProperty("role", role)
    return result


def button(text: str, variant: str = "", enabled: bool = True) -> QPushButton:
    result = QPushButton(text)
    if variant:
        result.setProperty("variant", variant)
    result.setEnabled(enabled)
    return result


def tool(theme: Theme, name: str, role: str = "dim", enabled: bool = True) -> QToolButton:
    result = QToolButton()
    result.setIcon(icon(name, theme, role))
    result.setIconSize(QSize(18, 18))
    result.setToolTip(name)
    result.setAccessibleName(name)
    result.setEnabled(enabled)
    return result


def panel(*children: QWidget) -> QWidget:
    result = QWidget()
    result.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    result.setProperty("surface", "panel")
    column = QVBoxLayout(result)
    column.setContentsMargins(16, 12, 16, 12)
    column.setSpacing(8)
    for child in children:
        column.addWidget(child)
    column.addStretch(1)
    return result


def number(value: object, suffix: str = "", **options: object) -> NumberField:
    result = NumberField(**options)  # type: ignore[arg-type]
    result.set_value(value)
    result.set_suffix(suffix)
    return result


def combo(*items: str) -> QComboBox:
    result = QComboBox()
    result.addItems(items)
    return result


def form(*rows: tuple[str, QWidget]) -> QWidget:
    result = QWidget()
    layout = QFormLayout(result)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setVerticalSpacing(7)
    layout.setHorizontalSpacing(8)
    layout.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    for text, field in rows:
        name = label(text, "dim")
        name.setFixedWidth(108)
        name.setFixedHeight(30)
        layout.addRow(name, field)
    return result


class Gallery(QMainWindow):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme
        self.setWindowIcon(app_icon())
        self._make_toolbar()
        self._make_menus()
        self._make_centre()
        self._dock("Palette", self._palette(), Qt.DockWidgetArea.LeftDockWidgetArea, 250)
        self._dock("Inspector", self._inspector(), Qt.DockWidgetArea.RightDockWidgetArea, 316)
        self._dock("Views", self._views(), Qt.DockWidgetArea.LeftDockWidgetArea, 250)
        self.statusBar().addWidget(QLabel("125,100 steps · 2 groups · 3 phases"))
        self.statusBar().addWidget(QLabel("min 2.0e−05 · peak 1.0e−02"))
        self.statusBar().addPermanentWidget(QLabel("0.09 s exact"))
        self.statusBar().setSizeGripEnabled(False)

    def _make_toolbar(self) -> None:
        bar = QToolBar("Main")
        bar.setMovable(False)
        self.addToolBar(bar)
        name = label("WSD, ViT-B fine-tune", "strong")
        bar.addWidget(name)
        bar.addWidget(label("edited", "dim"))
        bar.setIconSize(QSize(18, 18))
        for each in ("undo", "redo"):
            action = QAction(icon(each, self.theme), each, bar)
            action.setEnabled(each == "undo")
            bar.addAction(action)
        spacer = QWidget()
        spacer.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        bar.addWidget(spacer)
        axis = SegmentedControl([("linear", "Linear"), ("log", "Log")], name="Axis")
        axis.set_value("log")
        bar.addWidget(axis)
        unit = SegmentedControl(
            [("step", "Steps"), ("epoch", "Epochs"), ("percent", "%"), ("token", "Tokens")],
            name="Unit",
        )
        unit.set_value("epoch")
        bar.addWidget(unit)
        bar.addWidget(ChipLabel("CPU"))
        bar.addWidget(ChipLabel("✓ exact · torch 2.13.0", "ok"))
        bar.addWidget(button("Export", "primary"))

    def _make_menus(self) -> None:
        menu = self.menuBar().addMenu("File")
        for each in ("new", "open", "save"):
            menu.addAction(icon(each, self.theme), each.title()).setShortcut("Ctrl+S")
        menu.addSeparator()
        recent = menu.addMenu("Recent")
        recent.addAction("one.json")
        check = menu.addAction("Follow the system")
        check.setCheckable(True)
        check.setChecked(True)
        menu.addAction("Not now").setEnabled(False)
        self.menu: QMenu = menu
        self.menuBar().addMenu("Edit")

    def _make_centre(self) -> None:
        tabs = QTabWidget()
        code = QPlainTextEdit(CODE)
        code.setProperty("role", "code")
        code.setReadOnly(True)
        code.setFont(self.theme.font("code"))
        tabs.addTab(code, "Python")
        tabs.addTab(QWidget(), "JSON")
        tabs.addTab(QWidget(), "Problems 1")
        tabs.addTab(QWidget(), "Numbers")
        tabs.setCornerWidget(button("Copy", "flat"))
        canvas = QWidget()
        canvas.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        canvas.setProperty("surface", "window")
        column = QVBoxLayout(canvas)
        column.setContentsMargins(16, 16, 16, 16)
        column.addWidget(self._icons())
        column.addWidget(self._buttons())
        for tone in ("", "ok", "warning", "error", "accent"):
            name = {"": "info", "accent": "info"}.get(tone, tone)
            role = {"": "dim", "accent": "accent"}.get(tone, tone)
            banner = Banner(
                "StepLR has no effect here: its step_size is longer than the phase.",
                tone,  # type: ignore[arg-type]
                action="Set to 10",
                icon=icon(name, self.theme, role),
                close_icon=icon("close", self.theme),
            )
            column.addWidget(banner)
        column.addWidget(
            EmptyState(
                "No overlays yet. Drop saved schedules here to compare.",
                icon=icon("gallery", self.theme, "faint"),
                action="Open…",
            )
        )
        column.addStretch(1)
        centre = QWidget()
        layout = QVBoxLayout(centre)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(canvas, 1)
        layout.addWidget(HLine())
        layout.addWidget(panel(), 0)
        layout.addWidget(tabs)
        tabs.setFixedHeight(190)
        self.setCentralWidget(centre)

    def _icons(self) -> QWidget:
        result = QWidget()
        grid = QGridLayout(result)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(2)
        for index, name in enumerate(icon_names()):
            grid.addWidget(tool(self.theme, name, enabled=index % 9 != 8), *divmod(index, 19))
        return result

    def _buttons(self) -> QWidget:
        result = QWidget()
        row = QHBoxLayout(result)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(button("Export", "primary"))
        row.addWidget(button("Export", "primary", enabled=False))
        row.addWidget(button("Button"))
        row.addWidget(button("Disabled", enabled=False))
        row.addWidget(button("Copy", "flat"))
        row.addWidget(button("+ Add group", "link"))
        row.addWidget(button("Remove", "danger"))
        for tone in ("", "ok", "warning", "error", "accent"):
            row.addWidget(ChipLabel(tone or "chip", tone))  # type: ignore[arg-type]
        row.addStretch(1)
        return result

    def _palette(self) -> QWidget:
        search = QLineEdit()
        search.setPlaceholderText("Search schedulers")
        search.setClearButtonEnabled(True)
        cards = QWidget()
        grid = QGridLayout(cards)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(6)
        for index, name in enumerate(("Linear", "Cosine", "1 − √", "Log")):
            card = QWidget()
            card.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
            card.setProperty("surface", "card")
            card.setFixedHeight(54)
            QVBoxLayout(card).addWidget(label(name), 0, Qt.AlignmentFlag.AlignBottom)
            grid.addWidget(card, *divmod(index, 2))
        items = QListWidget()
        items.addItems([f"run {n} trainer_state" for n in range(12)])
        items.setCurrentRow(1)
        items.setFixedHeight(150)
        slider = QSlider(Qt.Orientation.Horizontal)
        slider.setValue(40)
        progress = QProgressBar()
        progress.setValue(60)
        progress.setTextVisible(False)
        checks = [QCheckBox("Off"), QCheckBox("On"), QCheckBox("Some"), QCheckBox("Disabled")]
        checks[1].setChecked(True)
        checks[2].setTristate(True)
        checks[2].setCheckState(Qt.CheckState.PartiallyChecked)
        checks[3].setEnabled(False)
        radios = [QRadioButton("Radio"), QRadioButton("Chosen")]
        radios[1].setChecked(True)
        return panel(
            search, label("Warm-up", "heading"), cards, label("Overlays", "heading"),
            ElidedLabel("a very long file name that cannot fit here.json"), items, slider,
            progress, *checks, *radios,
        )  # fmt: skip

    def _inspector(self) -> QWidget:
        bad = number(0.5, "× base", bounds=Bounds(maximum=1.0))
        bad.setText("1.5")
        bad.commit()
        nullable = number(None, "10 epochs", integer=True, nullable=True)
        nullable.set_placeholder("follows phase", 1000)
        off = number(0.9)
        off.setEnabled(False)
        spin = QSpinBox()
        spin.setValue(5)
        help_text = label(
            "Warm-up, stable, decay: the last stretch falls as 1 − √p. Hägele et al. 2024.", "help"
        )
        help_text.setWordWrap(True)
        self.first_field = number(1e-2, "lr")
        self.combo = combo("previous phase", "the group's LR", "zero")
        inner = panel(
            SectionTitle("Cooldown 1 − √"), help_text,
            form(
                ("Length", number(44, "epochs", integer=True)),
                ("Starts from", self.combo),
                ("final_ratio", bad), ("T_max", nullable), ("momentum", off),
                ("Repeats", spin),
            ),
            label("Must be at most 1.0", "error"), HLine(), SectionTitle("Run"),
            form(
                ("Epochs", number(100, integer=True)),
                ("Steps per epoch", number(1251, "= 1.28 M ÷ 1,024", integer=True)),
                ("head", self.first_field), ("backbone", number(1e-5, "lr")),
            ),
            button("+ Add group", "link"), HLine(),
            CollapsibleSection("Advanced", panel(QCheckBox("verbose"))),
            CollapsibleSection("Folded", QWidget(), expanded=False),
            QGroupBox("Group"),
        )  # fmt: skip
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inner)
        return area

    def _views(self) -> QWidget:
        table = QTableWidget(3, 3)
        table.setHorizontalHeaderLabels(["step", "epoch", "lr/head"])
        table.verticalHeader().hide()
        for index in range(9):
            table.setItem(*divmod(index, 3), QTableWidgetItem(f"{index * 0.001:.3g}"))
        table.selectRow(1)
        tree = QTreeWidget()
        tree.setHeaderHidden(True)
        parent = QTreeWidgetItem(["Problems"])
        parent.addChild(QTreeWidgetItem(["Phase 2 is empty"]))
        tree.addTopLevelItem(parent)
        tree.addTopLevelItem(QTreeWidgetItem(["Closed"]))
        tree.topLevelItem(1).addChild(QTreeWidgetItem(["x"]))
        parent.setExpanded(True)
        table.setFixedHeight(120)
        tree.setFixedHeight(90)
        return panel(table, tree)

    def _dock(self, title: str, content: QWidget, area: Qt.DockWidgetArea, width: int) -> None:
        dock = QDockWidget(title)
        dock.setObjectName(title.lower())
        dock.setWidget(content)
        content.setMinimumWidth(width)
        self.addDockWidget(area, dock)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("out", type=Path)
    parser.add_argument("--scheme", choices=["dark", "light"])
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    app = QApplication([])
    schemes = [options.scheme] if options.scheme else ["dark", "light"]
    theme = Theme(schemes[0])
    theme.apply(app)
    window = Gallery(theme)
    window.resize(1440, 900)
    window.show()
    window.first_field.setFocus(Qt.FocusReason.TabFocusReason)
    for scheme in schemes:
        theme.set_scheme(scheme)
        for _ in range(5):
            app.processEvents()
        window.grab().save(str(options.out / f"{scheme}.png"))
        window.menu.popup(window.mapToGlobal(window.rect().center()))
        app.processEvents()
        window.menu.grab().save(str(options.out / f"{scheme}-menu.png"))
        window.menu.close()
        window.combo.showPopup()
        app.processEvents()
        popup = window.combo.view().window()
        popup.grab().save(str(options.out / f"{scheme}-combo.png"))
        window.combo.hidePopup()
    print(
        "tool bar",
        window.findChild(QToolBar).height(),
        "status",
        window.statusBar().height(),
        "field",
        window.first_field.height(),
        "combo",
        window.combo.height(),
        "button",
        window.findChild(QPushButton, "").height(),
    )
    window.close()


if __name__ == "__main__":
    main()
