package io.vedette.model.series;

import io.vedette.model.entity.EntityKind;
import io.vedette.model.frame.Frame;
import io.vedette.model.frame.GaugeStats;
import io.vedette.model.frame.Window;
import io.vedette.model.series.Definition.ByLabel;
import io.vedette.model.series.Definition.OfFrame;
import io.vedette.model.series.Definition.OfWindow;
import io.vedette.model.series.Definition.Values;
import io.vedette.model.signal.Signal;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.function.ObjDoubleConsumer;
import java.util.function.ToDoubleFunction;

/** Writes down the series of cards, and those that several cards have together. */
final class CardSeriesDefinitions {
    private static final String UNSEEN =
            "the last good reading is older than 10 s and than 2.5 intervals, or did not show it";
    private static final String UNTOLD = "nobody tells it of this card";

    private final EntityKind kind;
    private final List<Definition> definitions = new ArrayList<>();

    CardSeriesDefinitions(EntityKind kind) {
        this.kind = kind;
    }

    List<Definition> ofCard() {
        gauge(Signal.UTILIZATION, "share of time in which a kernel ran on the card");
        gauge(Signal.MEMORY_USED, "memory in use");
        gauge(Signal.MEMORY_TOTAL, "memory of the card");
        gauge(Signal.MEMORY_RESERVED, "memory that driver and firmware keep for themselves");
        gauge(Signal.TEMPERATURE, "temperature");
        gauge(Signal.POWER, "power drawn");
        gauge(Signal.POWER_LIMIT, "limit of the power");
        gauge(Signal.SM_CLOCK, "clock of the processors");
        newest(Signal.MEMORY_FREE, "memory that is free", UNSEEN);
        newest(Signal.MEMORY_RESERVATION, "share of the card that its replica reserves", UNTOLD);
        newest(
                Signal.MEMORY_OVERHEAD,
                "what its replica, once warm, was seen to use of the card beyond its reservation",
                "no reservation is known, or the replica is not warm yet");
        newest(Signal.SLOWDOWN_TEMPERATURE, "temperature at which the hardware slows the card down", UNTOLD);
        newest(Signal.SHUTDOWN_TEMPERATURE, "temperature at which the hardware turns the card off", UNTOLD);
        newest(Signal.MAX_SM_CLOCK, "highest clock of the processors", UNTOLD);
        newest(Signal.MEMORY_CLOCK, "clock of the memory", UNSEEN);
        byLabel(
                Signal.CLOCKS_EVENT,
                "_ratio",
                "reason",
                "Share of the covered time in which the reason kept the clocks from their maximum, by NVML's name for it",
                "ratio from 0 to 1",
                "less than 30 s of the window are covered, or nobody tells it of this card",
                CardSeriesDefinitions::clocksEvents);
        byLabel(
                Signal.XID_EVENTS,
                "",
                "xid",
                "Errors that the driver reported, by XID",
                "errors",
                "no such error has been seen in the window",
                CardSeriesDefinitions::xidEvents);
        add(
                Signal.LOST,
                "lost",
                List.of(),
                "1 while a card that was there is not, 0 while it is",
                "0 or 1",
                "nothing was heard of the card's target",
                new OfFrame(frame -> frame.gauges().get(Signal.LOST)));
        return List.copyOf(definitions);
    }

    List<Definition> ofCards() {
        String absence = "fewer than two of the cards were seen in the window, or they are not of one product";
        statistic(
                Signal.GPU_MEMORY_IMBALANCE,
                "",
                "The most memory used less the least, of the means in the window of its cards",
                absence,
                GaugeStats::mean);
        statistic(
                Signal.GPU_UTILIZATION_IMBALANCE,
                "",
                "The highest utilization less the lowest, of the means in the window of its cards",
                absence,
                GaugeStats::mean);
        return List.copyOf(definitions);
    }

    private static void clocksEvents(Frame frame, Window window, ObjDoubleConsumer<String> byReason) {
        SortedMap<String, Double> seconds = window.growth().get(Signal.CLOCKS_EVENT);
        if (seconds != null && window.hasRates()) {
            seconds.forEach((reason, held) -> byReason.accept(reason, window.perSecond(held)));
        }
    }

    private static void xidEvents(Frame frame, Window window, ObjDoubleConsumer<String> byXid) {
        SortedMap<String, Double> events = window.growth().get(Signal.XID_EVENTS);
        if (events != null) {
            events.forEach((xid, count) -> {
                if (!xid.isEmpty()) {
                    byXid.accept(xid, count);
                }
            });
        }
    }

    private void gauge(Signal signal, String what) {
        newest(signal, what, UNSEEN);
        String absence = "no good reading in the window showed it";
        statistic(signal, "_mean", "Mean over the readings in the window: " + what, absence, GaugeStats::mean);
        statistic(signal, "_max", "Maximum over the readings in the window: " + what, absence, GaugeStats::max);
    }

    private void newest(Signal signal, String what, String absence) {
        add(
                signal,
                signal.signalName() + signal.unit().suffix(),
                List.of(),
                Character.toUpperCase(what.charAt(0)) + what.substring(1),
                unit(signal),
                absence,
                new OfFrame(frame -> frame.gauges().get(signal)));
    }

    private void statistic(
            Signal signal, String statistic, String meaning, String absence, ToDoubleFunction<GaugeStats> value) {
        add(
                signal,
                signal.signalName() + statistic + signal.unit().suffix(),
                List.of("window"),
                meaning,
                unit(signal),
                absence,
                new OfWindow((frame, window) -> {
                    GaugeStats stats = window.gauges().get(signal);
                    return stats == null ? Double.NaN : value.applyAsDouble(stats);
                }));
    }

    private void byLabel(
            Signal signal,
            String suffix,
            String label,
            String meaning,
            String unit,
            String absence,
            Definition.Split values) {
        add(
                signal,
                signal.signalName() + suffix,
                List.of("window", label),
                meaning,
                unit,
                absence,
                new ByLabel(label, values));
    }

    private static String unit(Signal signal) {
        return switch (signal.unit()) {
            case RATIO -> "ratio from 0 to 1";
            case BYTES -> "bytes";
            case CELSIUS -> "degrees Celsius";
            case WATTS -> "watts";
            case HERTZ -> "hertz";
            default -> throw new IllegalArgumentException(signal + " is in no unit of cards: " + signal.unit());
        };
    }

    private void add(
            Signal signal,
            String name,
            List<String> labels,
            String meaning,
            String unit,
            String absence,
            Values values) {
        Series series = new Series(kind, Series.prefix(kind) + name, labels, unit, meaning, List.of(signal), absence);
        definitions.add(new Definition(series, true, false, values));
    }
}
