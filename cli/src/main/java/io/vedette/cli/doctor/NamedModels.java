package io.vedette.cli.doctor;

import io.vedette.model.yaml.NearestName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Holds the models that configuration and rules name against those that targets serve. */
final class NamedModels {
    private NamedModels() {}

    /** A warning for each that none of the targets serves; none unless all of them have said what they serve. */
    static List<Finding> check(Set<String> named, List<CheckedTarget> targets) {
        Set<String> served = new TreeSet<>();
        for (CheckedTarget target : targets) {
            Optional<Set<String>> models = target.models();
            if (models.isEmpty()) {
                return List.of();
            }
            served.addAll(models.get());
        }
        List<Finding> findings = new ArrayList<>();
        for (String name : new TreeSet<>(named)) {
            if (!served.isEmpty() && !served.contains(name)) {
                findings.add(Finding.warning(
                        "model " + name,
                        "configuration or rules name it, and no target serves it" + NearestName.hint(name, served),
                        "write the name that the engine gives, or that the target's label model_name gives instead"));
            }
        }
        return findings;
    }
}
