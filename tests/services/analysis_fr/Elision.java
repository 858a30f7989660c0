package portail.analyse;

import java.util.List;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.util.ElisionFilter;
import org.elasticsearch.plugin.Inject;
import org.elasticsearch.plugin.NamedComponent;
import org.elasticsearch.plugin.analysis.TokenFilterFactory;
import org.elasticsearch.plugin.settings.AnalysisSettings;
import org.elasticsearch.plugin.settings.BooleanSetting;
import org.elasticsearch.plugin.settings.ListSetting;

/** Takes the elided article off a word. */
@NamedComponent("elision")
public class Elision implements TokenFilterFactory {

    @AnalysisSettings
    public interface Settings {
        @ListSetting(path = "articles")
        List<String> articles();

        /** Whether the case of the articles does not matter. */
        @BooleanSetting(path = "articles_case", defaultValue = false)
        boolean ignoresCase();
    }

    private final CharArraySet articles;

    @Inject
    public Elision(Settings settings) {
        articles = CharArraySet.unmodifiableSet(new CharArraySet(settings.articles(), settings.ignoresCase()));
    }

    @Override
    public TokenStream create(TokenStream words) {
        return new ElisionFilter(words, articles);
    }
}
