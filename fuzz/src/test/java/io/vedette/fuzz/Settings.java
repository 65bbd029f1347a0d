package io.vedette.fuzz;

import java.util.Random;

/**
 * How long to go on, and with what: the system properties {@code vedette.fuzz.seed}, {@code .inputs}, {@code .seconds} and {@code .input}.
 *
 * @param seed of all inputs; the ordinary build always has the same, so that it never fails by chance
 * @param from the number of the first input
 * @param inputs how many at most
 * @param seconds how long at most
 */
record Settings(long seed, long from, long inputs, long seconds) {
    private static final long USUAL_SEED = 20260207;
    private static final long FOREVER = Long.MAX_VALUE / 2;

    /** @param usualInputs of the ordinary build */
    static Settings read(long usualInputs) {
        boolean isLong = isSet("seconds") || isSet("inputs");
        long seed = number("seed", isLong ? new Random().nextInt(Integer.MAX_VALUE) : USUAL_SEED);
        if (isSet("input")) {
            return new Settings(seed, number("input", 0), 1, FOREVER);
        }
        long seconds = number("seconds", FOREVER);
        return new Settings(seed, 0, number("inputs", isSet("seconds") ? FOREVER : usualInputs), seconds);
    }

    private static boolean isSet(String name) {
        return !System.getProperty("vedette.fuzz." + name, "").isEmpty();
    }

    private static long number(String name, long otherwise) {
        return isSet(name) ? Long.parseLong(System.getProperty("vedette.fuzz." + name)) : otherwise;
    }
}
