"""Trains the models that Dashiban ships: plate reader, plate detector, seat class."""
