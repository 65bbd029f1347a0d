package io.vedette.ingest.cards;

import java.util.Locale;

/** Where a card sits on the bus, as different parts of the driver write it. */
final class PciAddress {
    private PciAddress() {}

    /** Whether two are of one card: {@code 00000000:01:00.0} is {@code 0000:01:00}. */
    static boolean same(String one, String other) {
        return !one.isEmpty() && normal(one).equals(normal(other));
    }

    /** Without the function, and without leading zeros in the domain. */
    private static String normal(String address) {
        String lower = address.toLowerCase(Locale.ROOT);
        int function = lower.indexOf('.');
        String place = function < 0 ? lower : lower.substring(0, function);
        int zeros = 0;
        while (zeros < place.length() - 1 && place.charAt(zeros) == '0') {
            zeros++;
        }
        return place.substring(zeros);
    }
}
