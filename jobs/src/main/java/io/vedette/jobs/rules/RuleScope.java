package io.vedette.jobs.rules;

import io.vedette.model.entity.EntityKind;
import io.vedette.model.signal.Signal;
import io.vedette.model.signal.Signal.Subject;
import io.vedette.model.yaml.YamlValue;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Which entities a rule is about: those of its scope that have what it reads. What several cards have together, a replica's cards have. */
final class RuleScope {
    private RuleScope() {}

    /**
     * The kinds of entity that a rule is evaluated on.
     *
     * @param scope as it is written
     * @param where it stands
     * @throws io.vedette.model.yaml.ConfigurationException when an entity of the scope never has what the rule reads
     */
    static Set<EntityKind> of(Set<EntityKind> scope, List<Level> levels, YamlValue where) {
        Set<Subject> subjects = EnumSet.noneOf(Subject.class);
        Set<EntityKind> kinds = scope.isEmpty() ? EnumSet.noneOf(EntityKind.class) : EnumSet.copyOf(scope);
        for (Level level : levels) {
            for (NumberExpr.Read read : level.reads()) {
                for (Signal signal : read.reading().needs().all()) {
                    subjects.add(signal.subject());
                    kinds.forEach(kind -> requireHas(kind, signal, where));
                }
            }
        }
        if (subjects.contains(Subject.CARDS) && kinds.remove(EntityKind.REPLICA)) {
            if (subjects.contains(Subject.ENGINE) || subjects.contains(Subject.BOTH)) {
                throw where.mistake(
                        "what a replica's cards have together is not judged together with what its engine has;"
                                + " write a rule for each");
            }
            kinds.add(EntityKind.REPLICA_GPUS);
        }
        return kinds;
    }

    private static void requireHas(EntityKind kind, Signal signal, YamlValue where) {
        boolean has =
                switch (signal.subject()) {
                    case ENGINE -> kind == EntityKind.REPLICA || kind == EntityKind.MODEL;
                    case CARD -> kind == EntityKind.GPU;
                    case BOTH -> kind == EntityKind.REPLICA || kind == EntityKind.GPU;
                    case CARDS -> kind == EntityKind.REPLICA || kind == EntityKind.NODE;
                };
        if (!has) {
            throw where.mistake("a " + kind.word() + " has no " + signal.signalName() + "; "
                    + switch (signal.subject()) {
                        case ENGINE -> "replicas and models have";
                        case CARD -> "cards have: gpu";
                        case BOTH -> "replicas and cards have: replica, gpu";
                        case CARDS -> "nodes and replicas have: node, replica";
                    });
        }
    }
}
