package io.vedette.cli.ruletest;

import java.time.Duration;
import java.util.List;

/**
 * What was otherwise than expected at a time. Immutable.
 *
 * @param line of the expectation
 * @param missing expected, and not there
 * @param unexpected there, and not expected
 * @param reasons how the conditions stood, in lines
 */
record Difference(Duration at, int line, List<String> missing, List<String> unexpected, List<String> reasons) {
    Difference {
        missing = List.copyOf(missing);
        unexpected = List.copyOf(unexpected);
        reasons = List.copyOf(reasons);
    }
}
