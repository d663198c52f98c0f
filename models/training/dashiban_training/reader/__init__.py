"""The plate reader: a crop of 168 x 48 pixels becomes nine slots of characters, a CTC strip and a plate colour."""
