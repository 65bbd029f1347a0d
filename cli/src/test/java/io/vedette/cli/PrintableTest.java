package io.vedette.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTest {
    @Test
    void controlCharactersNeitherEndTheLineNorSteerTheTerminal() {
        assertThat(Printable.of("glm\u001b[2J\r\n4.7\u0085\u202e\u2028\ud800")).isEqualTo("glm?[2J??4.7????");
    }

    @Test
    void lettersOfAnyLanguageStay() {
        assertThat(Printable.of("é 模型 🚀 – ok")).isEqualTo("é 模型 🚀 – ok");
    }
}
