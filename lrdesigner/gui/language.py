"""The window's language: chosen once, before anything is built, for our texts and Qt's."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QObject, QTranslator, Slot
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QApplication, QMenu, QMessageBox, QWidget

from lrdesigner import i18n, numerals
from lrdesigner.gui.menu_entries import set_words
from lrdesigner.gui.settings import LanguageSetting, Settings
from lrdesigner.i18n import mark, plain, tr, tr_in

_QT = "qt_texts"
_SYSTEM = mark("The S&ystem's Language")
# What people who cannot read the window look for in the command palette. A language that is not
# there finds one that many read.
_WORDS = (
    "language", "translation", "locale", "Sprache", "langue", "idioma", "lingua", "taal",
    "språk", "język", "语言", "語言", "言語", "언어",
)  # fmt: skip
_NAMES = {
    "system": ("system", "default", "automatic", "系统", "默认"),
    "en": (
        "English", "Englisch", "anglais", "inglés", "inglese", "英语", "英文",
        "German", "Deutsch", "French", "français", "Spanish", "español", "Italian", "italiano",
        "Portuguese", "português", "Dutch", "Nederlands", "Polish", "polski", "Russian",
        "русский", "Turkish", "Türkçe", "Swedish", "svenska", "Czech", "Ukrainian", "українська",
        "Arabic", "Hindi", "Vietnamese", "Japanese", "日本語", "Korean", "한국어",
    ),
    "zh_CN": (
        "Chinese", "simplified", "Mandarin", "Chinesisch", "chinois", "chino", "cinese", "中文",
        "汉语", "华语", "简体", "traditional", "繁體",
    ),
}  # fmt: skip
_RESTART = mark("lrdesigner will be in this language when it starts again.")


def speak(app: QApplication, setting: LanguageSetting) -> None:
    """Show texts in that language from now on, and numbers as the user's system writes them.

    Windows that are there keep the words they were built with.

    Args:
        app: Gets the translations of what Qt itself says (buttons, menus of fields, file dialogs).
        setting: A key of `i18n.LANGUAGES`, or ``"system"``.
    """
    language = i18n.use(chosen(setting))
    locale = QLocale.system()
    numerals.use_marks(numerals.Marks(locale.decimalPoint(), locale.groupSeparator()))
    for old in app.findChildren(QTranslator, _QT):
        app.removeTranslator(old)
        old.setParent(None)
    translator = QTranslator(app)
    translator.setObjectName(_QT)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if language != "en" and translator.load(str(Path(folder) / f"qtbase_{language}.qm")):
        app.installTranslator(translator)


def chosen(setting: LanguageSetting) -> str:
    """The language that a setting means on this system."""
    return i18n.best_of(QLocale.system().uiLanguages()) if setting == "system" else setting


class LanguageMenu(QObject):
    """Fills a menu with the languages there are, each under its own name.

    Args:
        menu: The menu.
        settings: Where the choice is kept.
        window: What the note about it belongs to.
    """

    def __init__(self, menu: QMenu, settings: Settings, window: QWidget) -> None:
        super().__init__(window)
        self._settings = settings
        self._window = window
        group = QActionGroup(self)
        languages = {"system": tr(_SYSTEM), **i18n.LANGUAGES}
        for number, (key, name) in enumerate(languages.items(), 1):
            action = menu.addAction(name)
            action.setShortcut(QKeySequence(f"Ctrl+L, {number}"))
            action.setObjectName(f"action_language_{key}")
            action.setToolTip(plain(name))
            action.setIconText(plain(name))
            action.setData(key)
            set_words(action, (*_NAMES[key], *_WORDS))
            action.setCheckable(True)
            action.setChecked(key == settings.language)
            group.addAction(action)
        group.triggered.connect(self._on_chosen)

    @Slot(QAction)
    def _on_chosen(self, action: QAction) -> None:
        setting = action.data()
        if setting == self._settings.language:
            return
        self._settings.language = setting
        language = chosen(setting)
        if language == i18n.language():
            return
        # Who reads the language that is being left need not, and the other way round.
        note = QMessageBox(self._window)
        note.setObjectName("language_note")
        note.setIcon(QMessageBox.Icon.Information)
        note.setWindowTitle(i18n.LANGUAGES[language])
        note.setText(tr_in(language, _RESTART))
        note.setStandardButtons(QMessageBox.StandardButton.Ok)
        note.open()
