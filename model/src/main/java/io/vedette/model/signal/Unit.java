package io.vedette.model.signal;

/** Base unit of a signal. Values are always in the base unit: seconds, not milliseconds; ratios from 0 to 1, not percent. */
public enum Unit {
    SECONDS("s", "_seconds"),
    RATIO("", "_ratio"),
    TOKENS("tokens", ""),
    BYTES("B", "_bytes"),
    CELSIUS("°C", "_celsius"),
    WATTS("W", "_watts"),
    HERTZ("Hz", "_hertz"),
    COUNT("", "");

    private final String symbol;
    private final String suffix;

    Unit(String symbol, String suffix) {
        this.symbol = symbol;
        this.suffix = suffix;
    }

    /** What stands behind a number in a sentence or in an alert's {@code unit}; empty for plain numbers. */
    public String symbol() {
        return symbol;
    }

    /** What a series' name ends with, as Prometheus' naming practice has it; empty where the name says it all. */
    public String suffix() {
        return suffix;
    }
}
