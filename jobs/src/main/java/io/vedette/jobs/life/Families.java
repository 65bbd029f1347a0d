package io.vedette.jobs.life;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is pending or firing on an entity, by family. Immutable. */
final class Families {
    private static final Families NONE = new Families(List.of());

    private final Map<String, FamilyState> byName = new HashMap<>();

    private Families(List<FamilyState> families) {
        families.forEach(family -> byName.put(family.family(), family));
    }

    static Families of(List<FamilyState> families) {
        return families.isEmpty() ? NONE : new Families(families);
    }

    @Nullable
    FamilyState find(String name) {
        return byName.get(name);
    }
}
