"""A page of cards laid out anew while somebody is on it: place and keyboard stay where they were."""

from PySide6.QtWidgets import QLineEdit

from ui.views.parts.board import Board, Cell, Column


def laid_out(fields):
    return [(Column((Cell(field, least=300),)),) for field in fields]


def test_laying_out_anew_moves_neither_the_page_nor_the_keyboard(qtbot):
    board, fields = Board(), [QLineEdit() for _ in range(8)]
    qtbot.addWidget(board)
    board.resize(1000, 400)
    board.set_lines(laid_out(fields))
    board.show()
    qtbot.waitExposed(board)
    bar = board.verticalScrollBar()
    board.activateWindow()
    fields[0].setFocus()
    qtbot.waitUntil(fields[0].hasFocus)
    assert bar.maximum() > 1500 and bar.value() == 0
    board.set_lines(laid_out(fields))
    assert bar.value() == 0 and fields[0].hasFocus()
    # What goes takes the keyboard with it, but not the page.
    board.set_lines(laid_out(fields[1:]))
    assert bar.value() == 0 and not fields[0].isVisible() and all(field.isVisible() for field in fields[1:])
    bar.setValue(700)
    board.set_lines(laid_out(fields))
    assert bar.value() == 700 and fields[0].isVisible()
