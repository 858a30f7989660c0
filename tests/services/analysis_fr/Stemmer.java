package portail.analyse;

import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.fr.FrenchLightStemFilter;
import org.elasticsearch.plugin.Inject;
import org.elasticsearch.plugin.NamedComponent;
import org.elasticsearch.plugin.analysis.TokenFilterFactory;
import org.elasticsearch.plugin.settings.AnalysisSettings;
import org.elasticsearch.plugin.settings.StringSetting;

/** Gives the light French stem of a word. */
@NamedComponent("stemmer")
public class Stemmer implements TokenFilterFactory {

    @AnalysisSettings
    public interface Settings {
        /** English where it is not said, as in {@code analysis-common}. */
        @StringSetting(path = "language", defaultValue = "porter")
        String language();
    }

    private final String language;

    @Inject
    public Stemmer(Settings settings) {
        language = settings.language();
    }

    /** Refuses here, and not sooner, what is not light French: the server makes one of each filter without settings. */
    @Override
    public TokenStream create(TokenStream words) {
        if (!language.equals("light_french")) {
            throw new IllegalArgumentException("[language] must be light_french, not " + language);
        }
        return new FrenchLightStemFilter(words);
    }
}
