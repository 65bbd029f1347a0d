package io.vedette.jobs.life;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is pending or firing on an entity, by family. */
record Families(List<FamilyState> families) {
    @Nullable
    FamilyState find(String name) {
        for (FamilyState family : families) {
            if (family.family().equals(name)) {
                return family;
            }
        }
        return null;
    }
}
