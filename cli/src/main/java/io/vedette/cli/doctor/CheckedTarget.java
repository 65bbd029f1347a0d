package io.vedette.cli.doctor;

import java.util.Optional;
import java.util.Set;

/**
 * A target that was looked at.
 *
 * @param models names of the models that it serves; empty where it did not answer as an engine or a router does
 */
record CheckedTarget(Finding finding, Optional<Set<String>> models) {
    CheckedTarget {
        models = models.map(Set::copyOf);
    }

    static CheckedTarget unknown(Finding finding) {
        return new CheckedTarget(finding, Optional.empty());
    }
}
