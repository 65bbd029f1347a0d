package io.vedette.cli.ruletest;

import io.vedette.jobs.derive.DeriveSettings;
import io.vedette.jobs.rules.RuleSet;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * A test of rules. Immutable.
 *
 * @param line in its file
 * @param only ids of the rules whose alerts are looked at; empty for all
 * @param expectations in the order of their times, at least one
 */
record RuleTest(
        String name,
        int line,
        RuleSet rules,
        DeriveSettings derive,
        Set<String> only,
        Scenario scenario,
        List<Expectation> expectations) {
    RuleTest {
        only = Set.copyOf(only);
        expectations = List.copyOf(expectations);
    }

    /** When the test ends, after its beginning. */
    Duration end() {
        return expectations.get(expectations.size() - 1).at();
    }
}
