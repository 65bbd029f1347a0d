package io.vedette.model.exposition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LabelsTest {

    private static final Labels LABELS = Labels.of("model_name", "x", "engine", "0");

    @Test
    void areTheSameInAnyOrder() {
        Labels other = Labels.of("engine", "0", "model_name", "x");

        assertThat(LABELS).isEqualTo(other).hasSameHashCodeAs(other).isEqualByComparingTo(other);
        assertThat(LABELS).hasToString("engine=\"0\",model_name=\"x\"");
    }

    @Test
    void holdNoEmptyValue() {
        assertThat(Labels.of("a", "", "engine", "0")).isEqualTo(Labels.of("engine", "0"));
        assertThat(LABELS.with("engine", "")).isEqualTo(Labels.of("model_name", "x"));
    }

    @Test
    void changeByCopy() {
        assertThat(LABELS.with("le", "1").without("engine")).isEqualTo(Labels.of("le", "1", "model_name", "x"));
        assertThat(LABELS.with("engine", "1").get("engine")).isEqualTo("1");
        assertThat(LABELS.get("engine")).isEqualTo("0");
        assertThat(LABELS.without("absent")).isSameAs(LABELS);
        assertThat(LABELS.get("absent")).isNull();
    }

    @Test
    void areWrittenAsInPromQl() {
        assertThat(Labels.of("path", "C:\\\"a\"\nb")).hasToString("path=\"C:\\\\\\\"a\\\"\\nb\"");
    }

    @Test
    void refuseNamesThatAreEmptyOrGivenTwice() {
        assertThatThrownBy(() -> Labels.of("a", "1", "a", "2")).hasMessage("label given twice: a");
        assertThatThrownBy(() -> Labels.of("", "1")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Labels.of("a")).isInstanceOf(IllegalArgumentException.class);
    }
}
