package io.vedette.model.exposition;

import java.nio.charset.StandardCharsets;

/**
 * Reads numbers as Prometheus does, that is Go's {@code strconv.ParseFloat} without hexadecimals and underscores: decimal
 * with optional fraction and exponent, {@code Inf}, {@code Infinity} with an optional sign and {@code NaN} without one,
 * in any case. A number too large for a double is none.
 */
final class NumberParser {

    private static final long MAX_EXACT_BEFORE_DIGIT = ((1L << 53) - 9) / 10;
    private static final int MAX_EXPONENT = 100_000;
    private static final double[] POWERS_OF_TEN = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };

    private double value;

    /** The number that {@link #parse} has read last. */
    double value() {
        return value;
    }

    /** Whether these bytes are a number, all of them. */
    boolean parse(byte[] bytes, int from, int to) {
        int pos = from;
        boolean negative = false;
        boolean signed = false;
        if (pos < to && (bytes[pos] == '-' || bytes[pos] == '+')) {
            signed = true;
            negative = bytes[pos] == '-';
            pos++;
        }
        long mantissa = 0;
        int exponent = 0;
        boolean exact = true;
        int digits = 0;
        boolean fraction = false;
        for (; pos < to; pos++) {
            int digit = bytes[pos] - '0';
            if (digit >= 0 && digit <= 9) {
                digits++;
                if (mantissa <= MAX_EXACT_BEFORE_DIGIT) {
                    mantissa = mantissa * 10 + digit;
                    exponent -= fraction ? 1 : 0;
                } else {
                    exact = false;
                }
            } else if (bytes[pos] == '.' && !fraction) {
                fraction = true;
            } else {
                break;
            }
        }
        if (digits == 0) {
            return !fraction && parseWord(bytes, pos, to, signed, negative);
        }
        if (pos < to) {
            if (bytes[pos] != 'e' && bytes[pos] != 'E') {
                return false;
            }
            pos++;
            boolean down = pos < to && bytes[pos] == '-';
            if (pos < to && (bytes[pos] == '-' || bytes[pos] == '+')) {
                pos++;
            }
            if (pos == to) {
                return false;
            }
            int written = 0;
            for (; pos < to; pos++) {
                int digit = bytes[pos] - '0';
                if (digit < 0 || digit > 9) {
                    return false;
                }
                written = Math.min(MAX_EXPONENT, written * 10 + digit);
            }
            exponent += down ? -written : written;
        }
        if (exact && -POWERS_OF_TEN.length < exponent && exponent < POWERS_OF_TEN.length) {
            // Both operands are exact doubles, so the one rounding of the operation is the right one.
            double magnitude = exponent < 0 ? mantissa / POWERS_OF_TEN[-exponent] : mantissa * POWERS_OF_TEN[exponent];
            value = negative ? -magnitude : magnitude;
            return true;
        }
        value = Double.parseDouble(new String(bytes, from, to - from, StandardCharsets.ISO_8859_1));
        return !Double.isInfinite(value);
    }

    private boolean parseWord(byte[] bytes, int from, int to, boolean signed, boolean negative) {
        if (isWord(bytes, from, to, "inf") || isWord(bytes, from, to, "infinity")) {
            value = negative ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
            return true;
        }
        value = Double.NaN;
        return !signed && isWord(bytes, from, to, "nan");
    }

    private static boolean isWord(byte[] bytes, int from, int to, String lowerCase) {
        if (to - from != lowerCase.length()) {
            return false;
        }
        for (int i = from; i < to; i++) {
            if ((bytes[i] | 0x20) != lowerCase.charAt(i - from)) {
                return false;
            }
        }
        return true;
    }
}
