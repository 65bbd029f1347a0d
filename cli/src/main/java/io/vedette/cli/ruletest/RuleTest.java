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
 * @param looked whose alerts are looked at
 * @param expectations in the order of their times, at least one
 */
record RuleTest(
        String name,
        int line,
        RuleSet rules,
        DeriveSettings derive,
        Choice looked,
        Scenario scenario,
        List<Expectation> expectations) {
    /**
     * A choice of rules, by id. Immutable.
     *
     * @param only these; empty for all
     * @param except not these
     */
    record Choice(Set<String> only, Set<String> except) {
        Choice {
            only = Set.copyOf(only);
            except = Set.copyOf(except);
        }

        boolean has(String id) {
            return (only.isEmpty() || only.contains(id)) && !except.contains(id);
        }
    }

    RuleTest {
        expectations = List.copyOf(expectations);
    }

    /** When the test ends, after its beginning. */
    Duration end() {
        return expectations.get(expectations.size() - 1).at();
    }
}
