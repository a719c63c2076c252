"""click's own messages in Japanese.

click asks gettext for its wording but ships no translations, and a compiled catalogue in the
package would be a binary file nobody can review; so the one function through which click's modules
translate is replaced by a look-up in this table. A message missing here stays English, which a test
prevents for everything the commands can provoke.
"""

from __future__ import annotations

import click.core
import click.decorators
import click.exceptions
import click.formatting
import click.parser
import click.types

_MESSAGES = {
    "Usage:": "使い方:",
    "Usage: ": "使い方: ",
    "Options": "オプション",
    "Commands": "コマンド",
    "Error: {message}": "エラー: {message}",
    "Aborted!": "中止しました。",
    "Show this message and exit.": "この説明を表示して終わります。",
    "%(prog)s, version %(version)s": "%(prog)s %(version)s",
    "Try '{command} {option}' for help.": "使い方は「{command} {option}」で表示されます。",
    "Missing command.": "コマンドを指定してください。",
    "No such command {name!r}.": "「{name}」というコマンドはありません。",
    "No such option {name!r}.": "「{name}」というオプションはありません。",
    "Did you mean {possibility}?": "{possibility} ではありませんか。",
    "(Possible options: {possibilities})": "（使えるもの: {possibilities}）",
    "Missing argument": "引数がありません",
    "Missing option": "オプションがありません",
    "Missing parameter": "値がありません",
    "Missing parameter: {param_name}": "値がありません: {param_name}",
    "Missing {param_type}": "{param_type}がありません",
    "Invalid value: {message}": "値が正しくありません: {message}",
    "Invalid value for {param_hint}: {message}": "{param_hint} の値が正しくありません: {message}",
    "Got unexpected extra argument ({args})": "余分な引数があります（{args}）",
    "Option {name!r} requires an argument.": "「{name}」には値が必要です。",
    "Option {name!r} does not take a value.": "「{name}」に値は付けられません。",
    "Option {name!r} requires {nargs} arguments.": "「{name}」には {nargs} 個の値が必要です。",
    "{value!r} is not a valid {number_type}.": "「{value}」は数ではありません。",
    "{name} {filename!r} does not exist.": "{name}「{filename}」がありません。",
    "{name} {filename!r} is a file.": "「{filename}」はファイルです。フォルダーを指定してください。",
    "{name} {filename!r} is a directory.": "「{filename}」はフォルダーです。ファイルを指定してください。",
    "{name} {filename!r} is not readable.": "「{filename}」を読めません。",
    "{name} {filename!r} is not writable.": "「{filename}」に書き込めません。",
    "Path": "パス",
    "File": "ファイル",
    "file": "ファイル",
    "Directory": "フォルダー",
    "directory": "フォルダー",
    "path": "パス",
    "required": "必須",
    "default: {default}": "既定値: {default}",
    "{value!r} is not {choice}.": "「{value}」は使えません。使えるのは {choice} です。",
    "{value!r} is not one of {choices}.": "「{value}」は使えません。使えるのは {choices} です。",
    "{value} is not in the range {range}.": "{value} は範囲 {range} の外です。",
}


def _translate(message: str) -> str:
    return _MESSAGES.get(message, message)


def _translate_plural(singular: str, plural: str, count: int) -> str:
    known = _MESSAGES.get(singular) or _MESSAGES.get(plural)
    return known or (singular if count == 1 else plural)


def speak_japanese() -> None:
    """Make click's help and usage errors Japanese for this process."""
    for module in (
        click.core,
        click.decorators,
        click.exceptions,
        click.formatting,
        click.parser,
        click.types,
    ):
        if hasattr(module, "_"):
            setattr(module, "_", _translate)  # noqa: B010 - the name exists at run time only
        if hasattr(module, "ngettext"):
            setattr(module, "ngettext", _translate_plural)  # noqa: B010
