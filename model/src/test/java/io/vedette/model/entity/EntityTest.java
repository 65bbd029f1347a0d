package io.vedette.model.entity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EntityTest {
    @Test
    void aReplicaIsItsInstanceAndEngineWhateverElseChanges() {
        Entity replica = Entity.replica("10.0.0.7:8000", "0", "m", "both", "n1", Map.of());
        Entity moved = Entity.replica("10.0.0.7:8000", "0", "other", "", "n2", Map.of("a", "b"));
        assertThat(replica.key()).isEqualTo("replica|10.0.0.7:8000|0").isEqualTo(moved.key());
    }

    @Test
    void aReplicaRollsUpIntoItsModelAndRoleOrStandsAlone() {
        assertThat(Entity.replica("i", "0", "m", "decode", "", Map.of()).rootKey())
                .isEqualTo("model|m|decode")
                .isEqualTo(Entity.model("m", "decode", Map.of()).key())
                .isEqualTo(Entity.model("m", "decode", Map.of()).rootKey());
        assertThat(Entity.replica("i", "0", "", "both", "", Map.of()).rootKey()).isEqualTo("replica|i|0");
    }

    @Test
    void keysOfDifferentEntitiesNeverMeet() {
        assertThat(Set.of(
                        Entity.model("a|b", "c", Map.of()).key(),
                        Entity.model("a", "b|c", Map.of()).key(),
                        Entity.model("a\\p", "b", Map.of()).key(),
                        Entity.model("a|", "b", Map.of()).key(),
                        Entity.model("a\\", "b", Map.of()).key()))
                .hasSize(5);
    }

    @Test
    void whatHasNoIdentityIsRefused() {
        assertThatThrownBy(() -> Entity.replica("", "0", "m", "", "", Map.of())).hasMessageContaining("'', '0'");
        assertThatThrownBy(() -> Entity.replica("i", "", "m", "", "", Map.of())).hasMessageContaining("'i', ''");
        assertThatThrownBy(() -> Entity.model("", "", Map.of())).hasMessageContaining("needs a name");
    }

    @Test
    void labelsAreSortedAndCopied() {
        Map<String, String> given = new HashMap<>(Map.of("b", "2", "a", "1"));
        Entity entity = Entity.model("m", "", given);
        given.clear();
        assertThat(entity.labels()).containsExactly(Map.entry("a", "1"), Map.entry("b", "2"));
    }

    @Test
    void kindsAreFoundByTheirWords() {
        assertThat(EntityKind.ofWord("replica")).contains(EntityKind.REPLICA);
        assertThat(EntityKind.ofWord("REPLICA")).isEmpty();
    }
}
