package io.vedette.model.catalogue;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vedette.fuzz.Fuzzing;
import io.vedette.fuzz.Seeds;
import io.vedette.fuzz.TextMutation;
import io.vedette.fuzz.Told;
import io.vedette.model.yaml.ConfigurationException;
import io.vedette.model.yaml.YamlValue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever stands in a file of engines. */
class CatalogueFuzzTest {
    private static Stream<byte[]> files() {
        String folder = "model/src/main/resources/io/vedette/model/catalogue/";
        return Seeds.bytes(Stream.concat(
                Seeds.examples("docs/engines.md"), Stream.of("vllm.yaml").map(name -> Seeds.file(folder + name))));
    }

    @Test
    void anyFileIsReadOrItsMistakeTold() {
        new Fuzzing(CatalogueFuzzTest.class, files(), new TextMutation(), this::check).run(2_000);
    }

    private boolean check(byte[] file) {
        String text = new String(file, UTF_8);
        try {
            YamlValue.parse("mine.yaml", text).ifPresent(value -> new CatalogueParser().add(value));
            return true;
        } catch (ConfigurationException mistake) {
            Told.check(mistake, text);
            return false;
        }
    }
}
