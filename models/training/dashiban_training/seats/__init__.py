"""The seat class: a vehicle's picture becomes one of six bodies, from the car of at most six seats to the coach."""
