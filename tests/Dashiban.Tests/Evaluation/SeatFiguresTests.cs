using Dashiban.Domain.Plates;
using Dashiban.Evaluation;
using Dashiban.Vision.Reading;

namespace Dashiban.Tests.Evaluation;

public class SeatFiguresTests
{
    [Fact]
    public void The_plate_rules_out_bodies_that_cannot_carry_it()
    {
        // The picture wavers between a coach and a car; a blue plate leaves the car, a yellow one the coach.
        var wavering = Reading(car: 0.4f, coach: 0.5f, truck: 0.1f);

        var figures = SeatFigures.Of(
            [(SeatClassLabel.CarLe6, wavering, PlateClass.Small), (SeatClassLabel.CoachGe20, wavering, PlateClass.Large)], threshold: 0.6f);

        Assert.Equal(0, figures.PictureAlone.Answered.Count);
        Assert.Equal((2, 2), (figures.WithPlate.Right.Count, figures.WithPlate.Answered.Count));
        Assert.Equal(1.0, figures.WithPlate.SevenPlusBalanced);
    }

    [Fact]
    public void Unknown_is_neither_right_nor_wrong_but_costs_a_share_of_the_answers()
    {
        var figures = SeatFigures.Of(
            [
                (SeatClassLabel.Van7To9, Reading(car: 0.05f, van: 0.9f), PlateClass.Unknown),
                (SeatClassLabel.Van7To9, Reading(car: 0.45f, van: 0.5f), PlateClass.Unknown),
                (SeatClassLabel.Van7To9, Reading(car: 0.9f, van: 0.05f), PlateClass.Unknown),
                (SeatClassLabel.Truck, Reading(van: 0.8f, truck: 0.1f), PlateClass.Unknown),
                (SeatClassLabel.Truck, null, PlateClass.Unknown),
            ],
            threshold: 0.6f).PictureAlone;

        Assert.Equal((3, 4), (figures.Answered.Count, figures.Answered.Of));
        Assert.Equal((1, 2), (figures.VansFound.Count, figures.VansFound.Of));
        Assert.Equal((1, 1), (figures.TrucksTakenForPassenger.Count, figures.TrucksTakenForPassenger.Of));
        Assert.Equal(1, figures.Confusion["van_7_9"]["unknown"]);
        Assert.Null(figures.SevenPlusBalanced);
    }

    [Fact]
    public void A_coach_called_a_van_seats_seven_but_is_no_bus_found()
    {
        var figures = SeatFigures.Of([(SeatClassLabel.CoachGe20, Reading(van: 0.9f), PlateClass.Unknown)], threshold: 0.5f).PictureAlone;

        Assert.Equal(1, figures.SevenPlusFound.Count);
        Assert.Equal(0, figures.BusesFound.Count);
    }

    private static SeatReading Reading(float car = 0, float van = 0, float coach = 0, float truck = 0)
    {
        var probabilities = new float[(int)SeatClassLabel.Other + 1];
        (probabilities[(int)SeatClassLabel.CarLe6], probabilities[(int)SeatClassLabel.Van7To9]) = (car, van);
        (probabilities[(int)SeatClassLabel.CoachGe20], probabilities[(int)SeatClassLabel.Truck]) = (coach, truck);
        return new SeatReading(SeatClassLabel.Unknown, 0, probabilities);
    }
}
