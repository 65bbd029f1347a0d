package io.vedette.model.yaml;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is no YAML is told in plain words, at the line that has to be changed. */
class YamlSlipTest {
    /** A bar is a line's end. */
    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
            rules:|  - id: a|    summary: {entity}: slow ~ 3:14: a text like this stands in quotes: summary: "{entity}: slow"
            rules:|  - id: a|    summary: {entity} is slow|    for: 1m ~ 3:14: a text like this stands in quotes: summary: "{entity} is slow"
            - action: restart: now ~ 1:11: a text like this stands in quotes: action: "restart: now"
            a: !(x > 1) ~ 1:4: a text like this stands in quotes: a: "!(x > 1)"
            a: @x ~ 1:4: a text like this stands in quotes: a: "@x"
            a: "x" && y ~ 1:4: a text like this stands in quotes: a: '"x" && y'
            a: 'x' == y ~ 1:4: a text like this stands in quotes: a: "'x' == y"
            a: > 5 ~ 1:4: a text like this stands in quotes: a: "> 5"
            rules:|  - id: a|    when: x|   for: 1m ~ 4:4: this line does not stand below those beside which it belongs; indent it like them
            ·  a: 1|b: 2 ~ 2:1: this line does not stand below those beside which it belongs; indent it like them
            a:|  - b|  c: 1 ~ 3:3: this line does not stand below those beside which it belongs; indent it like them
            rules:|  - id: a|     when: x ~ 3:10: this line is read as the end of the one above; indent it like the keys beside which it belongs
            a: 1|foo|b: 2 ~ 2:1: ':' is missing behind a key; write key: value
            a:|→b: 1 ~ 2:1: lines are indented by spaces, not by tabs
            a: "x|b: 1 ~ 1:4: the quote that begins here is not closed
            a: [1, 2|b: 3 ~ 1:4: what is opened here is not closed before the next line; a ']' or '}' is missing
            a: [ ~ 1:5: the file ends inside '[' or '{'; close it
            a: {b: {entity}: x} ~ 1:16: inside '[' and '{' a text with ',', ': ', '[' or '{' stands in quotes
            a: "\\q" ~ 1:6: found unknown escape character q(113)
            """)
    void itIsToldWhatIsProbablyWrong(String text, String mistake) {
        String written = text.replace('|', '\n').replace('→', '\t').replace("·", "");

        assertThatThrownBy(() -> YamlValue.parse("mine.yaml", written))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("mine.yaml:" + mistake.replaceFirst(": ", ": no valid YAML: "));
    }
}
