"""Reading what the agencies deliver: check every file, harmonise it, or say precisely what is wrong."""

from helpers.registers.coding import Coding, coding_tables, load_coding
from helpers.registers.load import Registers, load
from helpers.registers.problems import InputRefused, Problem

__all__ = ["Coding", "InputRefused", "Problem", "Registers", "coding_tables", "load", "load_coding"]
