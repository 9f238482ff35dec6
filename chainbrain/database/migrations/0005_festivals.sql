-- Lunar and solar-term days (Spring Festival, Mid-Autumn ...): comparisons over the years align on them. Editable.
create table base.festivals (day date not null, festival varchar not null, primary key (day, festival));
