-- One row per competitor: its name, brand and kind, where it lies, and how strongly it draws (an area or the like).
select name, brand, kind, latitude, longitude, datum, attraction from main.competitors order by name, latitude, longitude
