"""Importers: unit costs from a workbook or a table that the user has, into a catalogue of the user's own."""
