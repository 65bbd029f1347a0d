package io.vedette.jobs.track;

import io.vedette.jobs.track.NodeState.NodeCard;
import io.vedette.model.entity.Entity;
import io.vedette.model.frame.Frame;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Who owns a card: by configuration, else by the process that holds it, else by the pod that it was given to. What several replicas own belongs to its
 * node alone. Engines behind one target share its cards: they count as the first one's.
 */
final class Ownership {
    /** A UUID may be cut off behind so many characters, as CUDA allows it. */
    private static final int LEAST_UUID = 8;

    private Ownership() {}

    /** The one replica that owns a card; null where none or several do. */
    static @Nullable Owner of(NodeState state, NodeCard card, Frame frame) {
        Entity entity = frame.entity();
        List<Predicate<Owner>> byPreference = List.of(
                owner -> owner.gpus().stream().anyMatch(gpu -> isMeant(gpu, entity)),
                owner -> contains(card.owners.values(), owner.replica().instance()),
                owner -> !owner.pod().isEmpty() && contains(card.pods.values(), owner.pod()));
        for (Predicate<Owner> owns : byPreference) {
            Set<String> instances = new TreeSet<>();
            Owner first = null;
            for (Owner owner : state.owners.values()) {
                if (owns.test(owner)) {
                    instances.add(owner.replica().instance());
                    first = first == null ? owner : first;
                }
            }
            if (!instances.isEmpty()) {
                return instances.size() == 1 ? first : null;
            }
        }
        return null;
    }

    private static boolean isMeant(String configured, Entity card) {
        if (configured.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return configured.equals(card.gpu()) && !card.uuid().startsWith("MIG-");
        }
        return configured.length() >= LEAST_UUID
                && card.uuid().toLowerCase(Locale.ROOT).startsWith(configured.toLowerCase(Locale.ROOT));
    }

    private static boolean contains(Collection<List<String>> byTarget, String name) {
        return byTarget.stream().anyMatch(names -> names.contains(name));
    }
}
